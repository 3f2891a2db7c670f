-- Per statement: each wording, who printed it, how it differs from the fullest one.
-- Wordings that differ in capitals and punctuation only are one; it is shown as most of them print it.
with differences as (

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

all_printings as (

    select * from {{ ref('int_printings') }}

),

-- A wording is looked at once, however many print it.
words_of_wordings as (

    select
        wording,
        {{ words_of('wording') }} as words
    from all_printings
    group by wording

),

printings as (

    select
        all_printings.*,
        words_of_wordings.words
    from all_printings
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

)

select
    printings.statement_id,
    any_value(usual.wording) as wording,
    printings.speaker,
    arg_min(printings.relation, printings.quote_id) as relation,
    max(printings.similarity) as similarity,
    arg_min(differences.difference, printings.quote_id) as difference,
    count(*)::integer as n_quotes,
    count(distinct printings.outlet_id)::integer as n_outlets,
    list_sort(list(distinct printings.outlet)) as outlets,
    list_sort(list(distinct printings.kind)) as kinds,
    min({{ known_day('printings') }}) as first_published_at,
    printings.statement
from printings
inner join usual using (statement_id, words)
left join differences using (quote_id)
group by printings.statement_id, printings.words, printings.speaker, printings.statement
order by printings.statement_id, n_outlets desc, wording
