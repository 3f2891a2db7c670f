-- Outlet × entity: how often each outlet names each person, organisation and place.
with named as (

    select
        articles.outlet_id,
        articles.outlet,
        mentions.entity_id,
        mentions.article_id
    from {{ ref('stg_mentions') }} as mentions
    inner join {{ ref('int_articles') }} as articles using (article_id)

),

articles_of_outlet as (

    select
        outlet_id,
        count(*) as n_articles_of_outlet
    from {{ ref('int_articles') }}
    group by all

)

select
    named.outlet_id,
    named.outlet,
    named.entity_id,
    entities.name as entity,
    entities.kind,
    count(*)::integer as n_mentions,
    count(distinct named.article_id)::integer as n_articles,
    count(distinct named.article_id) / any_value(articles_of_outlet.n_articles_of_outlet)::double as share_of_articles
from named
inner join articles_of_outlet using (outlet_id)
inner join {{ ref('stg_entities') }} as entities using (entity_id)
group by named.outlet_id, named.outlet, named.entity_id, entities.name, entities.kind
order by named.outlet_id, named.entity_id
