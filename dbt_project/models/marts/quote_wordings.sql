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

)

select
    statement_quotes.statement_id,
    mode(quotes.wording order by quotes.wording) as wording,
    speakers.name as speaker,
    arg_min(statement_quotes.relation, quotes.quote_id) as relation,
    max(statement_quotes.similarity) as similarity,
    arg_min(differences.difference, quotes.quote_id) as difference,
    count(*)::integer as n_quotes,
    count(distinct quotes.outlet_id)::integer as n_outlets,
    list_sort(list(distinct outlets.name)) as outlets,
    list_sort(list(distinct quotes.kind)) as kinds,
    min({{ known_day('articles') }}) as first_published_at,
    statements.statement
from {{ ref('stg_statement_quotes') }} as statement_quotes
inner join {{ ref('stg_statements') }} as statements using (statement_id)
inner join {{ ref('stg_quotes') }} as quotes using (quote_id)
inner join {{ ref('stg_articles') }} as articles using (article_id)
inner join {{ ref('stg_sources') }} as outlets on quotes.outlet_id = outlets.source_id
left join {{ ref('stg_entities') }} as speakers on statements.speaker_id = speakers.entity_id
left join differences using (quote_id)
group by statement_quotes.statement_id, {{ words_of('quotes.wording') }}, speakers.name, statements.statement
order by statement_quotes.statement_id, n_outlets desc, wording
