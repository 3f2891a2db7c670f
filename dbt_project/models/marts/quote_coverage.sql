-- Statement × outlet that covered its story; rows with carried = false are the missing coverage.
-- An outlet is asked only about what it could have been seen to carry: its article is in a language that can be read,
-- and in the one in which the statement was printed, since words are not compared across languages.
-- Statements that nobody printed between marks or as a block are left out: who paraphrases has left nothing out.
-- Whose articles have the words without a quotation of them that was found carries them, as uncredited. Nobody is said
-- to have left out what a doubtful speaker said: the words may be another's.
-- Statements and outlets are numbered while they are combined: there are ten of them for each quotation. What a row
-- says of its statement goes with it from where the two meet, so that nothing that long is joined once more or sorted.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        pre_hook=[
            "{{ without_touched('statement', 'statement_id') }}",
            "{{ without_touched('outlet of a story', \"story_id || ' ' || outlet_id\") }}"
        ],
        on_schema_change='fail'
    )
}}
-- Who wrote about the story only before the words were first printed has left nothing out.
{%- set could_carry -%}
story_outlets.supported
        and statements.is_surely_said
        and (
            statements.first_published_at is null
            or story_outlets.last_published_at >= statements.first_published_at
        )
{%- endset %}
{%- set of_statement -%}
statements.statement_id,
        statements.story_id,
        statements.speaker_id,
        statements.speaker,
        statements.statement,
        statements.first_published_at,
        statements.first_precision
{%- endset %}
with {% if is_incremental() -%}
-- Of a statement that is as it was, only the rows of outlets that wrote otherwise about its story are made anew.
looked_at as (

    select touched.item_id as statement_id
    from {{ touched('statement') }} as touched

    union

    select statement_id
    from {{ ref('stg_statements') }}
    where story_id in (select split_part(touched.item_id, ' ', 1) from {{ touched('outlet of a story') }} as touched)

),

{% endif -%}
printings as materialized (

    select
        printings.statement_id,
        printings.outlet_id,
        printings.outlet,
        printings.quote_id,
        printings.article_id,
        printings.kind,
        printings.wording,
        printings.n_words,
        printings.start_offset,
        printings.end_offset,
        printings.relation,
        printings.similarity,
        printings.speaker_confidence,
        printings.published_at,
        printings.published_precision,
        {{ known_day('printings') }} as known_day,
        printings.language,
        printings.url
    from {{ ref('int_printings') }} as printings
    {% if is_incremental() %}
    semi join looked_at using (statement_id)
    {% endif %}

),

said as (

    -- Words are not put together across languages, so that all printings of a statement are of one.
    select
        statement_id,
        min(language) as language,
        max(speaker_confidence) >= {{ var('sure_speaker') }} as is_surely_said,
        arg_min(
            published_precision, (known_day, published_precision = 'second', article_id)
        ) filter (known_day is not null) as first_precision
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
        {% if is_incremental() %}
        statements.statement_id in {{ touched('statement') }} as is_touched,
        {% endif %}
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

articles_by_language as (

    select
        articles.story_id,
        outlets.outlet_no,
        articles.language,
        articles.supported,
        count(*) as n_in_language,
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

story_outlets as materialized (

    select
        articles_by_language.*,
        outlets.outlet_id,
        outlets.name as outlet,
        {% if is_incremental() %}
        articles_by_language.story_id || ' ' || outlets.outlet_id in {{ touched('outlet of a story') }} as is_touched,
        {% endif %}
        (
            sum(articles_by_language.n_in_language) over (
                partition by articles_by_language.story_id, articles_by_language.outlet_no
            )
        )::integer as n_articles
    from articles_by_language
    inner join outlets using (outlet_no)

),

on_its_story as (

    select distinct
        story_id,
        outlet_no,
        n_articles
    from story_outlets

),

-- The fullest wording of each outlet stands for it; ties go to the first in print.
best_printing as materialized (

    select
        statements.statement_no,
        outlets.outlet_no,
        printings.*,
        (count(*) over (partition by statements.statement_no, outlets.outlet_no))::integer as n_printings
    from printings
    inner join statements using (statement_id)
    inner join outlets using (outlet_id)
    {% if is_incremental() %}
    where
        statements.is_touched
        or statements.story_id || ' ' || outlets.outlet_id in {{ touched('outlet of a story') }}
    {% endif %}
    qualify row_number() over (
        partition by statements.statement_no, outlets.outlet_no
        order by
            printings.kind = 'indirect', printings.n_words desc, printings.known_day nulls last,
            printings.article_id, printings.start_offset
    ) = 1

),

-- Where words are found meets what an outlet wrote about the story only here: a lake knows not how many values differ,
-- and would combine every article of an outlet with every story of it.
found_words as materialized (

    select
        statements.statement_no,
        statements.story_id,
        statements.language,
        statements.is_surely_said,
        statements.first_published_at,
        {% if is_incremental() %}
        statements.is_touched,
        {% endif %}
        outlets.outlet_no,
        words.article_id,
        words.start_offset,
        words.end_offset,
        {{ known_day('articles') }} as known_day
    from {{ ref('stg_uncredited_words') }} as words
    inner join statements using (statement_id)
    inner join {{ ref('int_articles') }} as articles using (article_id)
    inner join outlets using (outlet_id)

),

-- The earliest article of each outlet that has the words, where it prints no quotation of them.
uncredited as materialized (

    select
        statements.statement_no,
        statements.outlet_no,
        story_outlets.n_articles,
        statements.article_id,
        statements.start_offset,
        statements.end_offset
    from found_words as statements
    inner join story_outlets
        on
            statements.story_id = story_outlets.story_id
            and statements.language = story_outlets.language
            and statements.outlet_no = story_outlets.outlet_no
    anti join best_printing
        on
            statements.statement_no = best_printing.statement_no
            and statements.outlet_no = best_printing.outlet_no
    where
        {{ could_carry }}
        {% if is_incremental() %}
        and (statements.is_touched or story_outlets.is_touched)
        {% endif %}
    qualify row_number() over (
        partition by statements.statement_no, statements.outlet_no
        order by statements.known_day nulls last, statements.article_id
    ) = 1

),

carriers as (

    select
        statement_no,
        outlet_no
    from best_printing

    union all

    select
        statement_no,
        outlet_no
    from uncredited

),

carried_by as (

    select
        statement_no,
        list(outlet_no) as outlet_nos
    from carriers
    group by all

),

-- How each outlet carries each statement: its fullest printing, else the words in its text, else not at all.
answers as (

    select
        {{ of_statement }},
        best_printing.outlet_id,
        best_printing.outlet,
        coalesce(on_its_story.n_articles, 0) as n_articles,
        best_printing.n_printings,
        best_printing.quote_id,
        best_printing.article_id,
        best_printing.kind,
        best_printing.wording,
        best_printing.start_offset,
        best_printing.end_offset,
        best_printing.relation,
        best_printing.similarity,
        best_printing.published_at,
        best_printing.published_precision,
        best_printing.url
    from best_printing
    inner join statements using (statement_no)
    left join on_its_story
        on statements.story_id = on_its_story.story_id and best_printing.outlet_no = on_its_story.outlet_no

    union all

    select
        {{ of_statement }},
        articles.outlet_id,
        articles.outlet,
        uncredited.n_articles,
        0 as n_printings,
        null as quote_id,
        uncredited.article_id,
        'uncredited' as kind,
        substring(articles.body, uncredited.start_offset + 1, uncredited.end_offset - uncredited.start_offset)
            as wording,
        uncredited.start_offset,
        uncredited.end_offset,
        null as relation,
        null as similarity,
        articles.published_at,
        articles.published_precision,
        articles.url
    from uncredited
    inner join statements using (statement_no)
    inner join {{ ref('int_articles') }} as articles using (article_id)

    union all

    select
        {{ of_statement }},
        story_outlets.outlet_id,
        story_outlets.outlet,
        story_outlets.n_articles,
        0 as n_printings,
        null as quote_id,
        null as article_id,
        null as kind,
        null as wording,
        null as start_offset,
        null as end_offset,
        null as relation,
        null as similarity,
        null as published_at,
        null as published_precision,
        null as url
    from statements
    left join carried_by using (statement_no)
    inner join story_outlets
        on statements.story_id = story_outlets.story_id and statements.language = story_outlets.language
    where
        {{ could_carry }}
        and not coalesce(list_contains(carried_by.outlet_nos, story_outlets.outlet_no), false)
        {% if is_incremental() %}
        and (statements.is_touched or story_outlets.is_touched)
        {% endif %}

)

select
    statement_id,
    outlet_id,
    outlet,
    story_id,
    speaker_id,
    speaker,
    statement,
    article_id is not null as carried,
    quote_id,
    article_id,
    kind,
    wording,
    start_offset,
    end_offset,
    relation,
    similarity,
    n_printings,
    n_articles as n_story_articles,
    published_at,
    first_published_at,
    -- A date without a time of day says nothing about hours.
    case
        when published_precision = 'second' and first_precision = 'second'
            then date_diff('second', first_published_at, published_at) / 3600.0
    end as hours_after_first,
    published_precision,
    url
from answers
