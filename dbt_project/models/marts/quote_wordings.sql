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
        *,
        count(*) over (partition by statement_id) as n_printings
    from {{ ref('int_printings') }}
    {% if is_incremental() %}
    where statement_id in {{ touched('statement') }}
    {% endif %}

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

-- A wording is looked at once, however many print it, and not where it is the only one.
words_of_wordings as (

    select
        wording,
        {{ words_of('wording') }} as words
    from all_printings
    where n_printings > 1
    group by wording

),

printings as materialized (

    select
        all_printings.*,
        if(all_printings.n_printings > 1, words_of_wordings.words, '') as words
    from all_printings
    left join words_of_wordings using (wording)

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

)

select
    printings.statement_id,
    any_value(usual.wording) as wording,
    any_value(printings.speaker) as speaker,
    arg_min(printings.relation, printings.quote_id) as relation,
    max(printings.similarity) as similarity,
    arg_min(differences.difference, printings.quote_id) as difference,
    count(*)::integer as n_quotes,
    count(distinct printings.outlet_id)::integer as n_outlets,
    list_sort(list(distinct printings.outlet)) as outlets,
    list_sort(list(distinct printings.kind)) as kinds,
    min({{ known_day('printings') }}) as first_published_at,
    any_value(printings.statement) as statement
from printings
inner join usual using (statement_id, words)
left join differences using (quote_id)
group by printings.statement_id, printings.words
order by printings.statement_id, n_outlets desc, wording
