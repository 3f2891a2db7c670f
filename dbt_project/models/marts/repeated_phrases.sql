-- Each closed phrase with where it was first printed and what kind of repetition it is.
-- Phrases are numbered in any order, articles in that of their publication, while places are counted: there are a
-- hundred and more for each article.
{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='phrase_id',
        pre_hook="{% if is_incremental() %} delete from {{ this }} where phrase_id not in (select phrase_id from {{ ref('stg_phrases') }}) {% endif %}",
        post_hook=[
            "delete from work.copies",
            "insert into work.copies select article_id, origin_article_id from {{ ref('syndication') }} where origin_article_id is not null"
        ],
        on_schema_change='fail'
    )
}}
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

-- Articles that print the same copy are one family; one that nobody copies is none.
families as (

    select
        articles.article_no,
        (
            dense_rank() over (order by coalesce(syndication.origin_article_id, articles.article_id))
        )::integer as family_no
    from articles
    left join {{ ref('syndication') }} as syndication using (article_id)
    qualify count(*) over (partition by coalesce(syndication.origin_article_id, articles.article_id)) > 1

),

{% if is_incremental() %}
copied_otherwise as (

    select coalesce(copies.article_id, known.article_id) as article_id
    from {{ ref('syndication') }} as copies
    full join work.copies as known on copies.article_id = known.article_id
    where copies.origin_article_id is distinct from known.origin_article_id

),

-- Those in an article that is touched, and those that have come or occur elsewhere no more.
touched_phrases as (

    select phrase_id
    from {{ ref('stg_phrase_occurrences') }}
    where
        article_id in {{ touched('article') }}
        or article_id in (select copied_otherwise.article_id from copied_otherwise)

    union

    select phrases.phrase_id
    from {{ ref('stg_phrases') }} as phrases
    anti join {{ this }} using (phrase_id, n_occurrences, n_articles, n_outlets)

),
{% endif %}

phrases as materialized (

    select
        phrases.phrase_id,
        phrases.n_outlets,
        -- Nobody comes up with this many words alone.
        phrases.n_outlets > 1 and phrases.n_tokens >= {{ var('copied_tokens') }} as is_copied,
        (row_number() over ())::integer as phrase_no
    from {{ ref('stg_phrases') }} as phrases
    {% if is_incremental() %}
    semi join touched_phrases using (phrase_id)
    {% endif %}

),

places as materialized (

    select
        phrases.phrase_no,
        phrases.is_copied,
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
        places.end_offset,
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

shares_in_quotes as (

    select
        phrase_no,
        -- Decimals add up to the same sum in any order.
        sum((n_letters / (end_offset - start_offset))::decimal(18, 9)) as quoted
    from quoted
    group by all

),

summary as (

    select
        phrase_no,
        min(article_no) as first_article_no,
        count(*) as n_places
    from places
    group by all

),

printed_in_families as (

    select distinct
        places.phrase_no,
        places.article_no,
        families.family_no
    from places
    inner join families using (article_no)
    where not places.is_copied

),

articles_of_families as (

    select
        phrase_no,
        family_no,
        count(*) as n_articles
    from printed_in_families
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
            regexp_matches(
                substr(texts.body, greatest(places.start_offset - 7, 1), least(places.start_offset, 8)),
                '(?:^|[\n.!?:;…])[^\p{L}\p{N}]*$'
            )
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
        when shares_in_quotes.quoted >= {{ var('quoted_share') }} * summary.n_places then 'quote'
        when own_lines.phrase_no is not null then 'boilerplate'
        when phrases.is_copied then 'wire'
        when
            largest_families.n_articles_of_family >= 2
            and largest_families.n_articles_of_family >= {{ var('wire_share') }} * words.n_articles
            then 'wire'
        when shares_in_quotes.quoted >= {{ var('mostly_quoted_share') }} * summary.n_places then 'quote'
        else 'idiom'
    end as kind
from {{ ref('stg_phrases') }} as words
inner join phrases using (phrase_id)
inner join summary using (phrase_no)
inner join articles as first_article on summary.first_article_no = first_article.article_no
left join shares_in_quotes using (phrase_no)
left join largest_families using (phrase_no)
left join own_lines using (phrase_no)
order by words.phrase_id
