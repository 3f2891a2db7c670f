-- Article ← the copy it most likely prints: an agency's, or another article that holds most of its words.
with articles as (

    select
        articles.article_id,
        articles.outlet_id,
        articles.outlet,
        articles.title,
        articles.agency_id,
        {{ known_day('articles') }} as published_at,
        coalesce(articles.published_precision = 'second', false) as is_timed
    from {{ ref('int_articles') }} as articles

),

shared as (

    select
        article_a as article_id,
        article_b as other_id,
        containment_a as share_found_in_other,
        containment_b as share_of_other,
        n_shared_tokens
    from {{ ref('stg_article_pairs') }}

    union all

    select
        article_b as article_id,
        article_a as other_id,
        containment_b as share_found_in_other,
        containment_a as share_of_other,
        n_shared_tokens
    from {{ ref('stg_article_pairs') }}

),

-- By the clock where both times are known, by the day where one is not; on the same day, what is cut short is the copy.
ordered as (

    select
        shared.article_id,
        shared.other_id as origin_article_id,
        shared.share_found_in_other,
        shared.n_shared_tokens,
        other.agency_id as origin_agency_id,
        other.published_at as origin_published_at,
        case
            when article.is_timed and other.is_timed
                then date_diff('second', other.published_at, article.published_at) / 3600.0
        end as hours_after_origin,
        case
            when article.is_timed and other.is_timed and article.published_at <> other.published_at
                then if(other.published_at < article.published_at, 'earlier', null)
            when article.published_at::date <> other.published_at::date
                then if(other.published_at < article.published_at, 'earlier', null)
            when shared.share_found_in_other > shared.share_of_other then 'holds more'
            when shared.share_found_in_other < shared.share_of_other then null
            when (other.agency_id is null, other.article_id) < (article.agency_id is null, article.article_id)
                then 'holds as much'
        end as origin_reason
    from shared
    inner join articles as article on shared.article_id = article.article_id
    inner join articles as other on shared.other_id = other.article_id
    where shared.share_found_in_other >= {{ var('copied_share') }}

),

candidates as (

    select
        *,
        max(share_found_in_other) over (partition by article_id) as largest_share,
        -- An agency that the fullest credited copy names.
        first_value(origin_agency_id ignore nulls) over (
            partition by article_id
            order by share_found_in_other desc, origin_article_id
            rows between unbounded preceding and unbounded following
        ) as copied_agency_id
    from ordered
    where origin_reason is not null

),

-- The earliest of those that hold about as much of the article as any.
origins as (

    select *
    from candidates
    qualify row_number() over (
        partition by article_id
        order by
            share_found_in_other < largest_share - {{ var('origin_slack') }},
            origin_published_at,
            share_found_in_other desc,
            origin_article_id
    ) = 1

)

select
    articles.article_id,
    articles.outlet_id,
    articles.outlet,
    articles.title,
    articles.published_at,
    origins.origin_article_id,
    origin_articles.outlet as origin_outlet,
    origins.origin_reason,
    origins.share_found_in_other as shared_share,
    origins.n_shared_tokens,
    origins.hours_after_origin,
    coalesce(articles.agency_id, origins.copied_agency_id) as agency_id,
    agencies.name as agency,
    case
        when articles.agency_id is not null and origins.origin_article_id is not null then 'credit and shared text'
        when articles.agency_id is not null then 'credit'
        when origins.copied_agency_id is not null then 'shared text with credited copy'
        else 'shared text'
    end as evidence
from articles
left join origins using (article_id)
left join articles as origin_articles on origins.origin_article_id = origin_articles.article_id
left join {{ ref('stg_sources') }} as agencies
    on coalesce(articles.agency_id, origins.copied_agency_id) = agencies.source_id
where articles.agency_id is not null or origins.origin_article_id is not null
order by article_id
