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
-- What is printed once has one wording; only of the rest the words are looked at.
with repeated as materialized (

    select statement_id
    from {{ ref('int_printings') }}
    {% if is_incremental() %}
    where statement_id in {{ touched('statement') }}
    {% endif %}
    group by statement_id
    having count(*) > 1

),

differences as (

    select
        quote_id,
        string_agg(
            case op
                when 'kept' then words
                when 'dropped' then '[-' || reference_words || '-]'
                when 'added' then '{+' || words || '+}'
                else '[-' || reference_words || '-] {+' || words || '+}'
            end,
            ' ' order by ordinal
        ) as difference
    from {{ ref('stg_word_edits') }}
    group by quote_id

),

printings as materialized (

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
        {{ known_day('printings') }} as known_day,
        {{ words_of('printings.wording') }} as words
    from {{ ref('int_printings') }} as printings
    semi join repeated using (statement_id)

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
    printings.statement_id,
    printings.wording,
    printings.speaker,
    printings.relation,
    printings.similarity,
    differences.difference,
    1 as n_quotes,
    1 as n_outlets,
    [printings.outlet] as outlets,
    [printings.kind] as kinds,
    {{ known_day('printings') }} as first_published_at,
    printings.statement
from {{ ref('int_printings') }} as printings
anti join repeated using (statement_id)
left join differences using (quote_id)
{% if is_incremental() %}
where printings.statement_id in {{ touched('statement') }}
{% endif %}
