-- Day × outlet: articles, quotations and statements; articles of which no day is known are counted under none.
-- Days of outlets are numbered while statements are counted.
with articles as (

    select
        articles.article_id,
        articles.outlet_id,
        articles.outlet,
        ({{ known_day('articles') }})::date as published_on,
        (
            dense_rank() over (order by ({{ known_day('articles') }})::date, articles.outlet_id)
        )::integer as day_no
    from {{ ref('int_articles') }} as articles

),

days as (

    select
        day_no,
        any_value(published_on) as published_on,
        any_value(outlet_id) as outlet_id,
        any_value(outlet) as outlet,
        count(*) as n_articles
    from articles
    group by all

),

printed as (

    select
        articles.day_no,
        printings.statement_id,
        count(*) as n_quotes
    from {{ ref('int_printings') }} as printings
    inner join articles using (article_id)
    group by all

),

quoted as (

    select
        day_no,
        sum(n_quotes) as n_quotes,
        count(*) as n_statements
    from printed
    group by all

)

select
    days.published_on,
    days.outlet_id,
    days.outlet,
    days.n_articles::integer as n_articles,
    coalesce(quoted.n_quotes, 0)::integer as n_quotes,
    coalesce(quoted.n_statements, 0)::integer as n_statements
from days
left join quoted using (day_no)
order by days.published_on, days.outlet_id
