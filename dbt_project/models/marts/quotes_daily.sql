-- Day × outlet: articles, quotations and statements; articles of which no day is known are counted under none.
select
    ({{ known_day('articles') }})::date as published_on,
    articles.outlet_id,
    articles.outlet,
    count(distinct articles.article_id)::integer as n_articles,
    count(distinct printings.quote_id)::integer as n_quotes,
    count(distinct printings.statement_id)::integer as n_statements
from {{ ref('int_articles') }} as articles
left join {{ ref('int_printings') }} as printings using (article_id)
group by published_on, articles.outlet_id, articles.outlet
order by published_on, articles.outlet_id
