-- Statement × outlet that covered its story; rows with carried = false are the missing coverage.
-- An outlet is asked only about what it could have been seen to carry: its article is in a language that can be read,
-- and in the one in which the statement was printed, since words are not compared across languages.
-- Statements that nobody printed between marks or as a block are left out: who paraphrases has left nothing out.
-- Whose articles have the words without a quotation of them that was found carries them, as uncredited. Nobody is said
-- to have left out what a doubtful speaker said: the words may be another's.
-- Statements and outlets are numbered, in the order of their ids, while they are combined: there are ten of them for
-- each quotation. Their texts come in last.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        pre_hook="{{ without_touched('statement', 'statement_id') }}",
        on_schema_change='fail'
    )
}}
with printings as materialized (

    select
        *,
        {{ known_day('printings') }} as known_day
    from {{ ref('int_printings') }} as printings
    {% if is_incremental() %}
    where printings.statement_id in {{ touched('statement') }}
    {% endif %}

),

-- Words are not put together across languages, so that all printings of a statement are of one.
said as (

    select
        statement_id,
        min(language) as language,
        max(speaker_confidence) >= {{ var('sure_speaker') }} as is_surely_said,
        arg_min(published_precision, (known_day, published_precision = 'second', article_id))
            filter (known_day is not null)
            as first_precision
    from printings
    group by all
    having bool_or(kind <> 'indirect')

),

statements as materialized (

    select
        (row_number() over (order by statements.statement_id))::integer as statement_no,
        statements.*,
        said.language,
        -- Words of nobody named rest on no name.
        statements.speaker_id is null or coalesce(said.is_surely_said, false) as is_surely_said,
        said.first_precision,
        speakers.name as speaker
    from {{ ref('stg_statements') }} as statements
    inner join said using (statement_id)
    left join {{ ref('stg_entities') }} as speakers on statements.speaker_id = speakers.entity_id

),

outlets as materialized (

    select
        (row_number() over (order by source_id))::integer as outlet_no,
        source_id as outlet_id,
        name
    from {{ ref('stg_sources') }}

),

story_outlets as materialized (

    select
        articles.story_id,
        outlets.outlet_no,
        articles.language,
        articles.supported,
        count(*) as n_articles,
        -- A day without a time reaches to its end, so does a month; without a date it may have come at any time.
        max(
            coalesce(articles.published_at, 'infinity'::timestamp)
            + case articles.published_precision
                when 'day' then interval 1 day
                when 'month' then interval 1 month
                else interval 0 day
            end
        ) as last_published_at
    from {{ ref('int_articles') }} as articles
    inner join outlets using (outlet_id)
    group by all

),

articles_on_story as (

    select
        story_id,
        outlet_no,
        sum(n_articles)::integer as n_articles
    from story_outlets
    group by all

),

-- The fullest wording of each outlet stands for it; ties go to the first in print.
best_printing as materialized (

    select
        statements.statement_no,
        outlets.outlet_no,
        printings.quote_id,
        printings.article_id,
        printings.kind,
        printings.wording,
        printings.start_offset,
        printings.end_offset,
        printings.relation,
        printings.similarity,
        printings.published_at,
        printings.published_precision,
        printings.url,
        count(*) over (partition by statements.statement_no, outlets.outlet_no) as n_printings
    from printings
    inner join statements using (statement_id)
    inner join outlets using (outlet_id)
    qualify row_number() over (
        partition by statements.statement_no, outlets.outlet_no
        order by
            printings.kind = 'indirect', printings.n_words desc, printings.known_day nulls last,
            printings.article_id, printings.start_offset
    ) = 1

),

-- Who wrote about the story only before the words were first printed has left nothing out.
could_carry as materialized (

    select
        statements.statement_no,
        story_outlets.outlet_no
    from statements
    inner join story_outlets using (story_id, language)
    where
        story_outlets.supported
        and statements.is_surely_said
        and (
            statements.first_published_at is null
            or story_outlets.last_published_at >= statements.first_published_at
        )

),

-- The earliest article of each outlet that has the words, where it prints no quotation of them.
uncredited as (

    select
        statements.statement_no,
        outlets.outlet_no,
        words.article_id,
        words.start_offset,
        words.end_offset
    from {{ ref('stg_uncredited_words') }} as words
    inner join statements using (statement_id)
    inner join {{ ref('int_articles') }} as articles using (article_id)
    inner join outlets using (outlet_id)
    semi join could_carry
        on statements.statement_no = could_carry.statement_no and outlets.outlet_no = could_carry.outlet_no
    anti join best_printing
        on statements.statement_no = best_printing.statement_no and outlets.outlet_no = best_printing.outlet_no
    qualify row_number() over (
        partition by statements.statement_no, outlets.outlet_no
        order by {{ known_day('articles') }} nulls last, words.article_id
    ) = 1

),

-- How each outlet carries each statement: its fullest printing, else the words in its text.
carriers as (

    select * from best_printing

    union all by name

    select
        uncredited.statement_no,
        uncredited.outlet_no,
        uncredited.article_id,
        'uncredited' as kind,
        substring(articles.body, uncredited.start_offset + 1, uncredited.end_offset - uncredited.start_offset)
            as wording,
        uncredited.start_offset,
        uncredited.end_offset,
        articles.published_at,
        articles.published_precision,
        articles.url
    from uncredited
    inner join {{ ref('int_articles') }} as articles using (article_id)

),

asked as (

    select
        statement_no,
        outlet_no
    from could_carry

    union

    select
        statement_no,
        outlet_no
    from best_printing

),

answers as (

    select
        asked.statement_no,
        asked.outlet_no,
        carriers.* exclude (statement_no, outlet_no)
    from asked
    left join carriers using (statement_no, outlet_no)

)

select
    statements.statement_id,
    outlets.outlet_id,
    outlets.name as outlet,
    statements.story_id,
    statements.speaker_id,
    statements.speaker,
    statements.statement,
    answers.article_id is not null as carried,
    answers.quote_id,
    answers.article_id,
    answers.kind,
    answers.wording,
    answers.start_offset,
    answers.end_offset,
    answers.relation,
    answers.similarity,
    coalesce(answers.n_printings, 0)::integer as n_printings,
    coalesce(articles_on_story.n_articles, 0) as n_story_articles,
    answers.published_at,
    statements.first_published_at,
    -- A date without a time of day says nothing about hours.
    case
        when answers.published_precision = 'second' and statements.first_precision = 'second'
            then date_diff('second', statements.first_published_at, answers.published_at) / 3600.0
    end as hours_after_first,
    answers.published_precision,
    answers.url
from answers
inner join statements using (statement_no)
inner join outlets using (outlet_no)
left join articles_on_story using (story_id, outlet_no)
order by answers.statement_no, answers.outlet_no
