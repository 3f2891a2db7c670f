-- Each closed phrase with where it was first printed and what kind of repetition it is.
with places as (

    select
        occurrences.phrase_id,
        occurrences.article_id,
        occurrences.start_offset,
        occurrences.end_offset,
        articles.outlet_id,
        {{ known_day('articles') }} as published_at,
        articles.outlet,
        -- Articles that print the same copy are one family.
        coalesce(syndication.origin_article_id, occurrences.article_id) as family
    from {{ ref('stg_phrase_occurrences') }} as occurrences
    inner join {{ ref('int_articles') }} as articles using (article_id)
    left join {{ ref('syndication') }} as syndication using (article_id)

),

-- Letters of each place that lie inside quotation marks or a block.
quoted as (

    select
        places.phrase_id,
        places.article_id,
        places.start_offset,
        sum(
            least(places.end_offset, quotes.end_offset) - greatest(places.start_offset, quotes.start_offset)
        ) as n_letters
    from places
    inner join {{ ref('stg_quotes') }} as quotes
        on
            places.article_id = quotes.article_id
            and places.end_offset > quotes.start_offset
            and places.start_offset < quotes.end_offset
    where quotes.kind <> 'indirect'
    group by all

),

summary as (

    select
        places.phrase_id,
        arg_min(places.outlet, (places.published_at, places.article_id, places.start_offset)) as first_outlet,
        min(places.published_at) as first_published_at,
        -- Decimals add up to the same sum in any order.
        avg(
            (coalesce(quoted.n_letters, 0) / (places.end_offset - places.start_offset))::decimal(18, 9)
        ) as share_in_quotes
    from places
    left join quoted using (phrase_id, article_id, start_offset)
    group by all

),

families as (

    select
        phrase_id,
        family,
        count(distinct article_id) as n_articles
    from places
    group by all

),

largest_families as (

    select
        phrase_id,
        max(n_articles) as n_articles_of_family
    from families
    group by all

),

-- Phrases of one outlet that begin and end where a line or a sentence does.
own_lines as (

    select places.phrase_id
    from places
    inner join {{ ref('stg_phrases') }} as phrases using (phrase_id)
    inner join {{ ref('int_articles') }} as articles using (article_id)
    where phrases.n_outlets = 1
    group by places.phrase_id
    having avg(
        (
            regexp_matches(right(left(articles.body, places.start_offset), 8), '(?:^|[\n.!?:;…])[^\p{L}\p{N}]*$')
            and regexp_matches(substr(articles.body, places.end_offset + 1, 8), '^[^\p{L}\p{N}]*?(?:$|[\n.!?…])')
        )::integer
    ) >= {{ var('own_line_share') }}

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
        when summary.share_in_quotes >= {{ var('quoted_share') }} then 'quote'
        when own_lines.phrase_id is not null then 'boilerplate'
        -- Nobody comes up with this many words alone.
        when phrases.n_outlets > 1 and phrases.n_tokens >= {{ var('copied_tokens') }} then 'wire'
        when
            largest_families.n_articles_of_family >= 2
            and largest_families.n_articles_of_family >= {{ var('wire_share') }} * phrases.n_articles
            then 'wire'
        when summary.share_in_quotes >= {{ var('mostly_quoted_share') }} then 'quote'
        else 'idiom'
    end as kind
from {{ ref('stg_phrases') }} as phrases
inner join summary using (phrase_id)
inner join largest_families using (phrase_id)
left join own_lines using (phrase_id)
order by phrases.phrase_id
