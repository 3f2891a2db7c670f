-- Outlet × entity: how often each outlet names each person, organisation and place.
with named as (

    select
        article_id,
        entity_id,
        count(*) as n_mentions
    from {{ ref('stg_mentions') }}
    group by all

),

articles as (

    select
        article_id,
        outlet_id,
        outlet
    from {{ ref('int_articles') }}

),

outlets as (

    select
        outlet_id,
        outlet,
        count(*) as n_articles
    from articles
    group by all

),

counted as (

    select
        articles.outlet_id,
        named.entity_id,
        sum(named.n_mentions) as n_mentions,
        count(*) as n_articles
    from named
    inner join articles using (article_id)
    group by all

)

select
    counted.outlet_id,
    outlets.outlet,
    counted.entity_id,
    entities.name as entity,
    entities.kind,
    counted.n_mentions::integer as n_mentions,
    counted.n_articles::integer as n_articles,
    counted.n_articles / outlets.n_articles::double as share_of_articles
from counted
inner join outlets using (outlet_id)
inner join {{ ref('stg_entities') }} as entities using (entity_id)
order by counted.outlet_id, counted.entity_id
