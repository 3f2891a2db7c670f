-- Day × outlet: articles, quotations and statements; articles of which no day is known are counted under none.
with articles as (

    select
        outlet_id,
        ({{ known_day('articles') }})::date as published_on,
        article_id
    from {{ ref('stg_articles') }} as articles

),

quotes as (

    select
        quotes.article_id,
        quotes.quote_id,
        statement_quotes.statement_id
    from {{ ref('stg_quotes') }} as quotes
    left join {{ ref('stg_statement_quotes') }} as statement_quotes using (quote_id)

)

select
    articles.published_on,
    articles.outlet_id,
    outlets.name as outlet,
    count(distinct articles.article_id)::integer as n_articles,
    count(distinct quotes.quote_id)::integer as n_quotes,
    count(distinct quotes.statement_id)::integer as n_statements
from articles
inner join {{ ref('stg_sources') }} as outlets on articles.outlet_id = outlets.source_id
left join quotes using (article_id)
group by articles.published_on, articles.outlet_id, outlets.name
order by articles.published_on, articles.outlet_id
