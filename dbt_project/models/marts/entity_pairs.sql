-- Entities that several articles name together.
with named as (

    select distinct
        mentions.article_id,
        mentions.entity_id,
        articles.outlet_id
    from {{ ref('stg_mentions') }} as mentions
    inner join {{ ref('int_articles') }} as articles using (article_id)

),

pairs as (

    select
        a.entity_id as entity_a_id,
        b.entity_id as entity_b_id,
        count(*)::integer as n_articles,
        count(distinct a.outlet_id)::integer as n_outlets
    from named as a
    inner join named as b on a.article_id = b.article_id and a.entity_id < b.entity_id
    group by all
    having count(*) >= {{ var('pair_articles') }}

)

select
    pairs.entity_a_id,
    entity_a.name as entity_a,
    pairs.entity_b_id,
    entity_b.name as entity_b,
    pairs.n_articles,
    pairs.n_outlets
from pairs
inner join {{ ref('stg_entities') }} as entity_a on pairs.entity_a_id = entity_a.entity_id
inner join {{ ref('stg_entities') }} as entity_b on pairs.entity_b_id = entity_b.entity_id
order by pairs.entity_a_id, pairs.entity_b_id
