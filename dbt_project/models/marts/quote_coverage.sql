-- Statement × outlet that covered its story; rows with carried = false are the missing coverage.
-- An outlet is asked only about what it could have been seen to carry: its article is in a language that can be read, and in one
-- in which the statement was printed, since words are not compared across languages.
-- Statements that nobody printed between marks or as a block are left out: who paraphrases has left nothing out.
with printings as (

    select
        *,
        {{ known_day('printings') }} as known_day
    from {{ ref('int_printings') }} as printings

),

printed_words as (

    select distinct statement_id
    from printings
    where kind <> 'indirect'

),

first_printing as (

    select
        statement_id,
        arg_min(published_precision, (known_day, published_precision = 'second', article_id)) as first_precision
    from printings
    where known_day is not null
    group by all

),

-- The fullest wording of each outlet stands for it; ties go to the first in print.
best_printing as (

    select
        *,
        count(*) over (partition by statement_id, outlet_id) as n_printings
    from printings
    qualify row_number() over (
        partition by statement_id, outlet_id
        order by kind = 'indirect', n_words desc, known_day nulls last, article_id, start_offset
    ) = 1

),

story_outlets as (

    select
        story_id,
        outlet_id,
        language,
        -- A day without a time reaches to its end, so does a month; without a date it may have come at any time.
        max(
            coalesce(published_at, 'infinity'::timestamp)
            + case published_precision
                when 'day' then interval 1 day
                when 'month' then interval 1 month
                else interval 0 day
            end
        ) as last_published_at
    from {{ ref('int_articles') }}
    where supported
    group by all

),

story_articles as (

    select
        story_id,
        outlet_id,
        count(*) as n_articles
    from {{ ref('int_articles') }}
    group by all

),

printed_languages as (

    select distinct
        printings.statement_id,
        articles.language
    from printings
    inner join {{ ref('int_articles') }} as articles using (article_id)

),

statements as (

    select statements.*
    from {{ ref('stg_statements') }} as statements
    semi join printed_words using (statement_id)

),

-- Who wrote about the story only before the words were first printed has left nothing out.
could_carry as (

    select
        statements.statement_id,
        story_outlets.outlet_id
    from statements
    inner join story_outlets using (story_id)
    semi join printed_languages
        on
            statements.statement_id = printed_languages.statement_id
            and story_outlets.language = printed_languages.language
    where
        statements.first_published_at is null
        or story_outlets.last_published_at >= statements.first_published_at

    union

    select
        best_printing.statement_id,
        best_printing.outlet_id
    from best_printing
    semi join printed_words using (statement_id)

)

select
    could_carry.statement_id,
    could_carry.outlet_id,
    outlets.name as outlet,
    statements.story_id,
    statements.speaker_id,
    speakers.name as speaker,
    statements.statement,
    best_printing.quote_id is not null as carried,
    best_printing.quote_id,
    best_printing.article_id,
    best_printing.kind,
    best_printing.wording,
    best_printing.relation,
    best_printing.similarity,
    coalesce(best_printing.n_printings, 0)::integer as n_printings,
    coalesce(story_articles.n_articles, 0)::integer as n_story_articles,
    best_printing.published_at,
    statements.first_published_at,
    -- A date without a time of day says nothing about hours.
    case
        when best_printing.published_precision = 'second' and first_printing.first_precision = 'second'
            then date_diff('second', statements.first_published_at, best_printing.published_at) / 3600.0
    end as hours_after_first,
    best_printing.published_precision,
    best_printing.url
from could_carry
inner join statements using (statement_id)
inner join {{ ref('stg_sources') }} as outlets on could_carry.outlet_id = outlets.source_id
left join best_printing
    on
        could_carry.statement_id = best_printing.statement_id
        and could_carry.outlet_id = best_printing.outlet_id
left join story_articles
    on
        statements.story_id = story_articles.story_id
        and could_carry.outlet_id = story_articles.outlet_id
left join first_printing on statements.statement_id = first_printing.statement_id
left join {{ ref('stg_entities') }} as speakers on statements.speaker_id = speakers.entity_id
order by could_carry.statement_id, could_carry.outlet_id
