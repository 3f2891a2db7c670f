-- Article ← the copy it most likely prints: an agency's, or an earlier article that holds most of its words.
with shared as (

    select article_a as article_id, article_b as other_id, containment_a as share_found_in_other, n_shared_tokens
    from {{ ref('stg_article_pairs') }}

    union all

    select article_b as article_id, article_a as other_id, containment_b as share_found_in_other, n_shared_tokens
    from {{ ref('stg_article_pairs') }}

),

-- The other article came first, or carries the agency's credit where both came at the same time.
origins as (

    select
        shared.article_id,
        shared.other_id as origin_article_id,
        shared.share_found_in_other,
        shared.n_shared_tokens,
        other.agency_id as origin_agency_id,
        date_diff('second', other.published_at, article.published_at) / 3600.0 as hours_after_origin
    from shared
    inner join {{ ref('stg_articles') }} as article on shared.article_id = article.article_id
    inner join {{ ref('stg_articles') }} as other on shared.other_id = other.article_id
    where
        shared.share_found_in_other >= {{ var('copied_share') }}
        and (other.published_at, other.agency_id is null, other.article_id)
        < (article.published_at, article.agency_id is null, article.article_id)
    qualify row_number() over (
        partition by shared.article_id
        order by other.published_at, shared.share_found_in_other desc, other.article_id
    ) = 1

)

select
    articles.article_id,
    articles.outlet_id,
    outlets.name as outlet,
    articles.title,
    articles.published_at,
    origins.origin_article_id,
    origin_outlets.name as origin_outlet,
    origins.share_found_in_other as shared_share,
    origins.n_shared_tokens,
    origins.hours_after_origin,
    coalesce(articles.agency_id, origins.origin_agency_id) as agency_id,
    agencies.name as agency,
    case
        when articles.agency_id is not null and origins.origin_article_id is not null then 'credit and shared text'
        when articles.agency_id is not null then 'credit'
        when origins.origin_agency_id is not null then 'shared text with credited copy'
        else 'shared text'
    end as evidence
from {{ ref('stg_articles') }} as articles
inner join {{ ref('stg_sources') }} as outlets on articles.outlet_id = outlets.source_id
left join origins using (article_id)
left join {{ ref('stg_articles') }} as origin_articles on origins.origin_article_id = origin_articles.article_id
left join {{ ref('stg_sources') }} as origin_outlets on origin_articles.outlet_id = origin_outlets.source_id
left join {{ ref('stg_sources') }} as agencies
    on coalesce(articles.agency_id, origins.origin_agency_id) = agencies.source_id
where articles.agency_id is not null or origins.origin_article_id is not null
order by article_id
