-- Entities that several articles name together.
-- Ids are numbered while pairs are counted: there are a thousand and more for each article.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        pre_hook=[
            "{{ without_touched_pairs() }}",
            "{{ with_names_of_now('a') }}",
            "{{ with_names_of_now('b') }}"
        ],
        post_hook=["{{ forget_names() }}", "{{ note_names() }}"],
        on_schema_change='fail'
    )
}}
with entities as (

    select
        *,
        (row_number() over (order by entity_id))::integer as entity_no
    from {{ ref('stg_entities') }}

),

articles as (

    select
        article_id,
        (dense_rank() over (order by outlet_id))::integer as outlet_no,
        (row_number() over (order by article_id))::integer as article_no
    from {{ ref('int_articles') }}

),

named as (

    select distinct
        articles.article_no,
        entities.entity_no,
        articles.outlet_no
    from {{ ref('stg_mentions') }}
    inner join articles using (article_id)
    inner join entities using (entity_id)

),

{% if is_incremental() %}
touched_pairs as (

    select
        entity_a.entity_no as entity_a_no,
        entity_b.entity_no as entity_b_no
    from {{ touched_pairs() }} as pairs
    inner join entities as entity_a on pairs.entity_a_id = entity_a.entity_id
    inner join entities as entity_b on pairs.entity_b_id = entity_b.entity_id

),

in_touched_pairs as (

    select entity_a_no as entity_no
    from touched_pairs

    union

    select entity_b_no
    from touched_pairs

),
{% endif %}

-- What too few articles name is in no pair.
repeated as (

    select named.*
    from named
    {% if is_incremental() %}
    semi join in_touched_pairs using (entity_no)
    {% endif %}
    qualify count(*) over (partition by named.entity_no) >= {{ var('pair_articles') }}

),

pairs_of_outlets as (

    select
        a.entity_no as entity_a_no,
        b.entity_no as entity_b_no,
        a.outlet_no,
        count(*) as n_articles
    from repeated as a
    inner join repeated as b on a.article_no = b.article_no and a.entity_no < b.entity_no
    {% if is_incremental() %}
    semi join touched_pairs on a.entity_no = touched_pairs.entity_a_no and b.entity_no = touched_pairs.entity_b_no
    {% endif %}
    group by all

),

pairs as (

    select
        entity_a_no,
        entity_b_no,
        sum(n_articles)::integer as n_articles,
        count(*)::integer as n_outlets
    from pairs_of_outlets
    group by all
    having sum(n_articles) >= {{ var('pair_articles') }}

)

select
    entity_a.entity_id as entity_a_id,
    entity_a.name as entity_a,
    entity_b.entity_id as entity_b_id,
    entity_b.name as entity_b,
    pairs.n_articles,
    pairs.n_outlets
from pairs
inner join entities as entity_a on pairs.entity_a_no = entity_a.entity_no
inner join entities as entity_b on pairs.entity_b_no = entity_b.entity_no
order by entity_a.entity_id, entity_b.entity_id
