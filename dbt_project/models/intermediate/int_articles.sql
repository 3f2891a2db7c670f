-- Article with the outlet that published it and the story that it reports.
select
    articles.article_id,
    articles.outlet_id,
    outlets.name as outlet,
    articles.agency_id,
    stories.story_id,
    articles.title,
    articles.url,
    articles.published_at,
    articles.published_precision,
    articles.language,
    articles.supported,
    articles.body,
    articles.n_words
from {{ ref('stg_articles') }} as articles
inner join {{ ref('stg_sources') }} as outlets on articles.outlet_id = outlets.source_id
left join {{ ref('stg_stories') }} as stories using (article_id)
