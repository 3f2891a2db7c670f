-- Printed quotation: who printed it and when, which statement it prints in which relation, and who made that one.
-- A table: six marts read it, and joining its five tables for each of them takes longer than writing it.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        pre_hook="{{ without_touched('statement', 'statement_id') }}",
        on_schema_change='fail'
    )
}}
with statement_quotes as (

    select *
    from {{ ref('stg_statement_quotes') }}
    {% if is_incremental() %}
    where statement_id in {{ touched('statement') }}
    {% endif %}

)

select
    quotes.quote_id,
    quotes.article_id,
    articles.outlet_id,
    articles.outlet,
    statement_quotes.statement_id,
    statements.statement,
    statements.speaker_id,
    speakers.name as speaker,
    quotes.kind,
    quotes.wording,
    quotes.n_words,
    quotes.start_offset,
    quotes.end_offset,
    quotes.speaker_confidence,
    statement_quotes.relation,
    statement_quotes.similarity,
    statement_quotes.evidence,
    articles.published_at,
    articles.published_precision,
    articles.language,
    articles.url
from {{ ref('stg_quotes') }} as quotes
inner join statement_quotes using (quote_id)
inner join {{ ref('stg_statements') }} as statements using (statement_id)
inner join {{ ref('int_articles') }} as articles using (article_id)
left join {{ ref('stg_entities') }} as speakers on statements.speaker_id = speakers.entity_id
