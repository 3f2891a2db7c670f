-- Words between quotation marks that differ from what everybody else printed for the same speaker and occasion.
with printings as (

    select
        statement_quotes.statement_id,
        statement_quotes.relation,
        statement_quotes.evidence,
        quotes.quote_id,
        quotes.wording,
        quotes.kind,
        quotes.article_id,
        quotes.outlet_id,
        outlets.name as outlet
    from {{ ref('stg_statement_quotes') }} as statement_quotes
    inner join {{ ref('stg_quotes') }} as quotes using (quote_id)
    inner join {{ ref('stg_sources') }} as outlets on quotes.outlet_id = outlets.source_id

),

unaltered as (

    select
        *,
        count(distinct outlet_id) over (partition by statement_id, {{ words_of('wording') }}) as n_outlets_of_wording
    from printings
    where relation <> 'altered'

),

-- What most outlets print between marks; of two wordings that as many print, the longer one.
others as (

    select
        statement_id,
        arg_max(wording, (kind is distinct from 'indirect', n_outlets_of_wording, length({{ words_of('wording') }}), wording)) as usual_wording,
        count(distinct outlet_id)::integer as n_other_outlets,
        list_sort(list(distinct outlet)) as other_outlets
    from unaltered
    group by all

)

select
    printings.quote_id,
    printings.statement_id,
    printings.article_id,
    printings.outlet_id,
    printings.outlet,
    speakers.name as speaker,
    printings.wording,
    others.usual_wording,
    coalesce(others.n_other_outlets, 0)::integer as n_other_outlets,
    others.other_outlets,
    printings.evidence,
    {{ known_day('articles') }} as published_at,
    articles.url
from printings
inner join {{ ref('stg_statements') }} as statements using (statement_id)
inner join {{ ref('stg_articles') }} as articles using (article_id)
left join others using (statement_id)
left join {{ ref('stg_entities') }} as speakers on statements.speaker_id = speakers.entity_id
where printings.relation = 'altered'
order by printings.quote_id
