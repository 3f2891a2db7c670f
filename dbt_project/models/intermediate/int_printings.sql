-- Printed quotation: who printed it and when, which statement it prints in which relation, and who made that one.
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
inner join {{ ref('stg_statement_quotes') }} as statement_quotes using (quote_id)
inner join {{ ref('stg_statements') }} as statements using (statement_id)
inner join {{ ref('int_articles') }} as articles using (article_id)
left join {{ ref('stg_entities') }} as speakers on statements.speaker_id = speakers.entity_id
