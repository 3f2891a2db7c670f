-- Each closed phrase with where it was first printed and what kind of repetition it is.
with places as (

    select
        occurrences.phrase_id,
        occurrences.article_id,
        occurrences.start_offset,
        occurrences.end_offset,
        articles.outlet_id,
        articles.published_at,
        outlets.name as outlet,
        syndication.article_id is not null as in_copied_article,
        exists (
            select 1
            from {{ ref('stg_quotes') }} as quotes
            where
                quotes.article_id = occurrences.article_id
                and quotes.kind <> 'indirect'
                and quotes.start_offset <= occurrences.start_offset
                and quotes.end_offset >= occurrences.end_offset
        ) as in_quote
    from {{ ref('stg_phrase_occurrences') }} as occurrences
    inner join {{ ref('stg_articles') }} as articles using (article_id)
    inner join {{ ref('stg_sources') }} as outlets on articles.outlet_id = outlets.source_id
    left join {{ ref('syndication') }} as syndication using (article_id)

),

summary as (

    select
        phrase_id,
        arg_min(outlet, (published_at, article_id, start_offset)) as first_outlet,
        min(published_at) as first_published_at,
        avg(in_quote::integer) as share_in_quotes,
        avg(in_copied_article::integer) as share_in_copied_articles
    from places
    group by all

)

select
    phrases.phrase_id,
    phrases.phrase,
    phrases.n_tokens,
    phrases.n_occurrences,
    phrases.n_articles,
    phrases.n_outlets,
    summary.first_outlet,
    summary.first_published_at,
    case
        when summary.share_in_quotes >= 0.5 then 'quote'
        when phrases.n_outlets = 1 then 'boilerplate'
        when summary.share_in_copied_articles >= 0.5 then 'wire'
        else 'idiom'
    end as kind
from {{ ref('stg_phrases') }} as phrases
inner join summary using (phrase_id)
order by phrases.phrase_id
