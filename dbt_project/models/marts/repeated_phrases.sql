-- Each closed phrase with where it was first printed and what kind of repetition it is.
-- Phrases are numbered in any order, articles in that of their publication, while places are counted: there are a
-- hundred and more for each article.
with articles as materialized (

    select
        articles.article_id,
        articles.outlet,
        {{ known_day('articles') }} as published_at,
        (
            row_number() over (order by {{ known_day('articles') }} nulls last, articles.article_id)
        )::integer as article_no
    from {{ ref('int_articles') }} as articles

),

-- Articles that print the same copy are one family.
families as (

    select
        articles.article_no,
        (
            dense_rank() over (order by coalesce(syndication.origin_article_id, articles.article_id))
        )::integer as family_no
    from articles
    left join {{ ref('syndication') }} as syndication using (article_id)

),

phrases as materialized (

    select
        phrase_id,
        n_outlets,
        (row_number() over ())::integer as phrase_no
    from {{ ref('stg_phrases') }}

),

places as materialized (

    select
        phrases.phrase_no,
        articles.article_no,
        occurrences.start_offset,
        occurrences.end_offset
    from {{ ref('stg_phrase_occurrences') }} as occurrences
    inner join phrases using (phrase_id)
    inner join articles using (article_id)

),

-- Letters of each place that lie inside quotation marks or a block.
quoted as (

    select
        places.phrase_no,
        places.article_no,
        places.start_offset,
        sum(
            least(places.end_offset, quotes.end_offset) - greatest(places.start_offset, quotes.start_offset)
        ) as n_letters
    from places
    inner join articles using (article_no)
    inner join {{ ref('stg_quotes') }} as quotes
        on
            articles.article_id = quotes.article_id
            and places.end_offset > quotes.start_offset
            and places.start_offset < quotes.end_offset
    where quotes.kind <> 'indirect'
    group by all

),

summary as (

    select
        places.phrase_no,
        min(places.article_no) as first_article_no,
        -- Decimals add up to the same sum in any order.
        avg(
            (coalesce(quoted.n_letters, 0) / (places.end_offset - places.start_offset))::decimal(18, 9)
        ) as share_in_quotes
    from places
    left join quoted using (phrase_no, article_no, start_offset)
    group by all

),

articles_of_families as (

    select
        places.phrase_no,
        families.family_no,
        count(distinct places.article_no) as n_articles
    from places
    inner join families using (article_no)
    group by all

),

largest_families as (

    select
        phrase_no,
        max(n_articles) as n_articles_of_family
    from articles_of_families
    group by all

),

-- Phrases of one outlet that begin and end where a line or a sentence does.
own_lines as (

    select places.phrase_no
    from places
    inner join phrases using (phrase_no)
    inner join articles using (article_no)
    inner join {{ ref('int_articles') }} as texts using (article_id)
    where phrases.n_outlets = 1
    group by places.phrase_no
    having avg(
        (
            regexp_matches(right(left(texts.body, places.start_offset), 8), '(?:^|[\n.!?:;…])[^\p{L}\p{N}]*$')
            and regexp_matches(substr(texts.body, places.end_offset + 1, 8), '^[^\p{L}\p{N}]*?(?:$|[\n.!?…])')
        )::integer
    ) >= {{ var('own_line_share') }}

)

select
    words.phrase_id,
    words.phrase,
    words.n_tokens,
    words.n_occurrences,
    words.n_articles,
    words.n_outlets,
    first_article.outlet as first_outlet,
    first_article.published_at as first_published_at,
    case
        when summary.share_in_quotes >= {{ var('quoted_share') }} then 'quote'
        when own_lines.phrase_no is not null then 'boilerplate'
        -- Nobody comes up with this many words alone.
        when words.n_outlets > 1 and words.n_tokens >= {{ var('copied_tokens') }} then 'wire'
        when
            largest_families.n_articles_of_family >= 2
            and largest_families.n_articles_of_family >= {{ var('wire_share') }} * words.n_articles
            then 'wire'
        when summary.share_in_quotes >= {{ var('mostly_quoted_share') }} then 'quote'
        else 'idiom'
    end as kind
from {{ ref('stg_phrases') }} as words
inner join phrases using (phrase_id)
inner join summary using (phrase_no)
inner join articles as first_article on summary.first_article_no = first_article.article_no
inner join largest_families using (phrase_no)
left join own_lines using (phrase_no)
order by words.phrase_id
