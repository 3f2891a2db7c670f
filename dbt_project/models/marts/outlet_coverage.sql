-- Per outlet: how much it printed, what it could have carried and did, what it alone had, changed and copied.
with articles as (

    select
        articles.outlet_id,
        articles.outlet,
        count(*) as n_articles,
        count(distinct articles.story_id) as n_stories,
        sum(articles.n_words) as n_words,
        sum(articles.n_words) filter (syndication.article_id is not null) as n_wire_words
    from {{ ref('int_articles') }} as articles
    left join {{ ref('syndication') }} as syndication using (article_id)
    group by all

),

carriers as (

    select
        *,
        count(*) filter (carried) over (partition by statement_id) as n_carriers,
        count(*) over (partition by statement_id) as n_outlets_of_story
    from {{ ref('quote_coverage') }}

),

coverage as (

    select
        outlet_id,
        count(*) as n_statements_possible,
        count(*) filter (carried) as n_statements_carried,
        count(*) filter (carried and n_carriers = 1 and n_outlets_of_story > 1) as n_exclusives
    from carriers
    group by all

),

altered as (

    select
        outlet_id,
        count(*) as n_altered_quotes
    from {{ ref('int_printings') }}
    where relation = 'altered'
    group by all

)

select
    articles.outlet_id,
    articles.outlet,
    articles.n_articles::integer as n_articles,
    articles.n_stories::integer as n_stories,
    coalesce(coverage.n_statements_possible, 0)::integer as n_statements_possible,
    coalesce(coverage.n_statements_carried, 0)::integer as n_statements_carried,
    coverage.n_statements_carried / nullif(coverage.n_statements_possible, 0)::double as share_carried,
    coalesce(coverage.n_exclusives, 0)::integer as n_exclusives,
    coalesce(altered.n_altered_quotes, 0)::integer as n_altered_quotes,
    coalesce(articles.n_wire_words, 0) / nullif(articles.n_words, 0)::double as share_wire
from articles
left join coverage using (outlet_id)
left join altered using (outlet_id)
order by outlet_id
