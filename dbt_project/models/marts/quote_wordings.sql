-- Per statement: each wording, who printed it, how it differs from the fullest one.
-- Wordings that differ in capitals and punctuation only are one; it is shown as most of them print it.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        pre_hook="{{ without_touched('statement', 'statement_id') }}",
        on_schema_change='fail'
    )
}}
with all_printings as materialized (

    select
        printings.statement_id,
        printings.quote_id,
        printings.outlet_id,
        printings.outlet,
        printings.speaker,
        printings.statement,
        printings.kind,
        printings.relation,
        printings.similarity,
        printings.wording,
        {{ known_day('printings') }} as known_day
    from {{ ref('int_printings') }} as printings
    {% if is_incremental() %}
    where printings.statement_id in {{ touched('statement') }}
    {% endif %}

),

-- What is printed once has one wording; only of the rest the words are looked at.
repeated as materialized (

    select statement_id
    from all_printings
    group by statement_id
    having count(*) > 1

),

differences as (

    select
        edits.quote_id,
        string_agg(
            case edits.op
                when 'kept' then edits.words
                when 'dropped' then '[-' || edits.reference_words || '-]'
                when 'added' then '{+' || edits.words || '+}'
                else '[-' || edits.reference_words || '-] {+' || edits.words || '+}'
            end,
            ' ' order by edits.ordinal
        ) as difference
    from {{ ref('stg_word_edits') }} as edits
    semi join all_printings using (quote_id)
    group by edits.quote_id

),

-- Most printings are word for word alike: the words of each are read once.
distinct_wordings as (

    select distinct all_printings.wording
    from all_printings
    semi join repeated using (statement_id)

),

words_of_wordings as (

    select
        wording,
        {{ words_of('wording') }} as words
    from distinct_wordings

),

printings as materialized (

    select
        all_printings.*,
        words_of_wordings.words
    from all_printings
    semi join repeated using (statement_id)
    inner join words_of_wordings using (wording)

),

printed as (

    select
        statement_id,
        words,
        wording,
        count(*) as n_quotes
    from printings
    group by all

),

usual as (

    select
        statement_id,
        words,
        arg_min(wording, (-n_quotes, wording)) as wording
    from printed
    group by all

),

wordings as (

    select
        printings.statement_id,
        printings.words,
        any_value(printings.speaker) as speaker,
        any_value(printings.statement) as statement,
        arg_min(printings.relation, printings.quote_id) as relation,
        max(printings.similarity) as similarity,
        arg_min(differences.difference, printings.quote_id) as difference,
        count(*)::integer as n_quotes,
        count(distinct printings.outlet_id)::integer as n_outlets,
        list_sort(list(distinct printings.outlet)) as outlets,
        list_sort(list(distinct printings.kind)) as kinds,
        min(printings.known_day) as first_published_at
    from printings
    left join differences using (quote_id)
    group by all

)

select
    wordings.statement_id,
    usual.wording,
    wordings.speaker,
    wordings.relation,
    wordings.similarity,
    wordings.difference,
    wordings.n_quotes,
    wordings.n_outlets,
    wordings.outlets,
    wordings.kinds,
    wordings.first_published_at,
    wordings.statement
from wordings
inner join usual using (statement_id, words)

union all

select
    all_printings.statement_id,
    all_printings.wording,
    all_printings.speaker,
    all_printings.relation,
    all_printings.similarity,
    differences.difference,
    1 as n_quotes,
    1 as n_outlets,
    [all_printings.outlet] as outlets,
    [all_printings.kind] as kinds,
    all_printings.known_day as first_published_at,
    all_printings.statement
from all_printings
anti join repeated using (statement_id)
left join differences using (quote_id)
