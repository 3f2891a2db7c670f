-- Statement × outlet that covered its story; rows with carried = false are the missing coverage.
-- Statements that nobody printed between marks or as a block are left out: who paraphrases has left nothing out.
-- Whose articles have the words without a quotation of them that was found carries them, as uncredited. Nobody is said to have
-- left out what a doubtful speaker said: the words may be another's.
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
        count(*) as n_articles,
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
    group by all

),

statements as (

    select statements.*
    from {{ ref('stg_statements') }} as statements
    semi join printed_words using (statement_id)

),

-- Statements of nobody named rest on no name.
surely_said as (

    select statement_id
    from printings
    group by all
    having
        any_value(speaker_id) is null
        or coalesce(max(speaker_confidence), 0) >= {{ var('sure_speaker') }}

),

-- The earliest article of each outlet that has the words.
uncredited as (

    select
        words.statement_id,
        articles.outlet_id,
        articles.article_id,
        substring(articles.body, words.start_offset + 1, words.end_offset - words.start_offset) as wording,
        words.start_offset,
        words.end_offset,
        articles.published_at,
        articles.published_precision,
        articles.url
    from {{ ref('stg_uncredited_words') }} as words
    inner join {{ ref('int_articles') }} as articles using (article_id)
    qualify row_number() over (
        partition by words.statement_id, articles.outlet_id
        order by {{ known_day('articles') }} nulls last, articles.article_id
    ) = 1

),

-- Who wrote about the story only before the words were first printed has left nothing out.
could_carry as (

    select
        statements.statement_id,
        story_outlets.outlet_id
    from statements
    inner join story_outlets using (story_id)
    semi join surely_said using (statement_id)
    where
        statements.first_published_at is null
        or story_outlets.last_published_at >= statements.first_published_at

    union

    select
        best_printing.statement_id,
        best_printing.outlet_id
    from best_printing
    semi join printed_words using (statement_id)

),

-- How each outlet carries each statement: its fullest printing, else the words in its text.
carried as (

    select
        statement_id,
        outlet_id,
        best_printing.quote_id,
        coalesce(best_printing.article_id, uncredited.article_id) as article_id,
        coalesce(best_printing.kind, if(uncredited.article_id is null, null, 'uncredited')) as kind,
        coalesce(best_printing.wording, uncredited.wording) as wording,
        best_printing.relation,
        best_printing.similarity,
        best_printing.n_printings,
        coalesce(best_printing.start_offset, uncredited.start_offset) as start_offset,
        coalesce(best_printing.end_offset, uncredited.end_offset) as end_offset,
        coalesce(best_printing.published_at, uncredited.published_at) as published_at,
        coalesce(best_printing.published_precision, uncredited.published_precision) as published_precision,
        coalesce(best_printing.url, uncredited.url) as url
    from could_carry
    left join best_printing using (statement_id, outlet_id)
    left join uncredited using (statement_id, outlet_id)

)

select
    carried.statement_id,
    carried.outlet_id,
    outlets.name as outlet,
    statements.story_id,
    statements.speaker_id,
    speakers.name as speaker,
    statements.statement,
    carried.article_id is not null as carried,
    carried.quote_id,
    carried.article_id,
    carried.kind,
    carried.wording,
    carried.start_offset,
    carried.end_offset,
    carried.relation,
    carried.similarity,
    coalesce(carried.n_printings, 0)::integer as n_printings,
    coalesce(story_outlets.n_articles, 0)::integer as n_story_articles,
    carried.published_at,
    statements.first_published_at,
    -- A date without a time of day says nothing about hours.
    case
        when carried.published_precision = 'second' and first_printing.first_precision = 'second'
            then date_diff('second', statements.first_published_at, carried.published_at) / 3600.0
    end as hours_after_first,
    carried.published_precision,
    carried.url
from carried
inner join statements using (statement_id)
inner join {{ ref('stg_sources') }} as outlets on carried.outlet_id = outlets.source_id
left join story_outlets
    on
        statements.story_id = story_outlets.story_id
        and carried.outlet_id = story_outlets.outlet_id
left join first_printing on statements.statement_id = first_printing.statement_id
left join {{ ref('stg_entities') }} as speakers on statements.speaker_id = speakers.entity_id
order by carried.statement_id, carried.outlet_id
