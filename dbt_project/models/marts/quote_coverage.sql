-- Statement × outlet that covered its story; rows with carried = false are the missing coverage.
-- An outlet is asked only about what it could have been seen to carry: its article is in a language that can be read,
-- and in the one in which the statement was printed, since words are not compared across languages.
-- Statements that nobody printed between marks or as a block are left out: who paraphrases has left nothing out.
-- Whose articles have the words without a quotation of them that was found carries them, as uncredited. Nobody is said
-- to have left out what a doubtful speaker said: the words may be another's.
-- Statements and outlets are numbered, in the order of their ids, while they are combined: there are ten of them for
-- each quotation.
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

-- Words are not put together across languages, so that all printings of a statement are of one.
printed_languages as (

    select
        printings.statement_id,
        min(articles.language) as language
    from printings
    inner join {{ ref('int_articles') }} as articles using (article_id)
    group by all

),

surely_said as (

    select
        statement_id,
        max(speaker_confidence) >= {{ var('sure_speaker') }} as is_surely_said
    from printings
    group by all

),

statements as materialized (

    select
        (row_number() over (order by statements.statement_id))::integer as statement_no,
        statements.*,
        printed_languages.language,
        -- Words of nobody named rest on no name.
        statements.speaker_id is null or coalesce(surely_said.is_surely_said, false) as is_surely_said,
        speakers.name as speaker,
        first_printing.first_precision
    from {{ ref('stg_statements') }} as statements
    semi join printed_words using (statement_id)
    left join printed_languages using (statement_id)
    left join surely_said using (statement_id)
    left join first_printing using (statement_id)
    left join {{ ref('stg_entities') }} as speakers on statements.speaker_id = speakers.entity_id

),

outlets as materialized (

    select
        (row_number() over (order by source_id))::integer as outlet_no,
        source_id as outlet_id,
        name
    from {{ ref('stg_sources') }}

),

story_articles as (

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
        *,
        (sum(n_in_language) over (partition by story_id, outlet_no))::bigint as n_articles
    from story_articles

),

on_its_story as (

    select distinct
        story_id,
        outlet_no,
        n_articles
    from story_outlets

),

-- The fullest wording of each outlet stands for it; ties go to the first in print.
best_printing as (

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
        count(*) over (partition by statements.statement_no, outlets.outlet_no) as n_printings,
        on_its_story.n_articles as n_its_articles
    from printings
    inner join statements using (statement_id)
    inner join outlets using (outlet_id)
    left join on_its_story
        on statements.story_id = on_its_story.story_id and outlets.outlet_no = on_its_story.outlet_no
    qualify row_number() over (
        partition by statements.statement_no, outlets.outlet_no
        order by
            printings.kind = 'indirect', printings.n_words desc, printings.known_day nulls last,
            printings.article_id, printings.start_offset
    ) = 1

),

-- The earliest article of each outlet that has the words.
uncredited as (

    select
        statements.statement_no,
        outlets.outlet_no,
        words.article_id,
        substring(articles.body, words.start_offset + 1, words.end_offset - words.start_offset) as wording,
        words.start_offset,
        words.end_offset,
        articles.published_at,
        articles.published_precision,
        articles.url
    from {{ ref('stg_uncredited_words') }} as words
    inner join statements using (statement_id)
    inner join {{ ref('int_articles') }} as articles using (article_id)
    inner join outlets using (outlet_id)
    qualify row_number() over (
        partition by statements.statement_no, outlets.outlet_no
        order by {{ known_day('articles') }} nulls last, words.article_id
    ) = 1

),

-- Who wrote about the story only before the words were first printed has left nothing out.
on_the_story as (

    select
        statements.statement_no,
        story_outlets.outlet_no,
        story_outlets.n_articles,
        statements.first_published_at is null
        or story_outlets.last_published_at >= statements.first_published_at as could_carry
    from statements
    inner join story_outlets using (story_id, language)
    where story_outlets.supported and statements.is_surely_said

),

covered as (

    select
        statement_no,
        outlet_no,
        on_the_story.n_articles,
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
        best_printing.url,
        best_printing.n_printings,
        best_printing.n_its_articles
    from on_the_story
    full join best_printing using (statement_no, outlet_no)
    where on_the_story.could_carry or best_printing.quote_id is not null

),

-- How each outlet carries each statement: its fullest printing, else the words in its text.
carried as (

    select
        covered.statement_no,
        covered.outlet_no,
        covered.n_articles,
        covered.n_its_articles,
        covered.n_printings,
        covered.quote_id,
        covered.relation,
        covered.similarity,
        if(covered.quote_id is null, uncredited.article_id, covered.article_id) as article_id,
        if(covered.quote_id is null, uncredited.wording, covered.wording) as wording,
        if(covered.quote_id is null, uncredited.start_offset, covered.start_offset) as start_offset,
        if(covered.quote_id is null, uncredited.end_offset, covered.end_offset) as end_offset,
        if(covered.quote_id is null, uncredited.published_at, covered.published_at) as published_at,
        if(covered.quote_id is null, uncredited.published_precision, covered.published_precision)
            as published_precision,
        if(covered.quote_id is null, uncredited.url, covered.url) as url,
        coalesce(covered.kind, if(uncredited.article_id is null, null, 'uncredited')) as kind
    from covered
    left join uncredited using (statement_no, outlet_no)

)

select
    statements.statement_id,
    outlets.outlet_id,
    outlets.name as outlet,
    statements.story_id,
    statements.speaker_id,
    statements.speaker,
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
    coalesce(carried.n_articles, carried.n_its_articles, 0)::integer as n_story_articles,
    carried.published_at,
    statements.first_published_at,
    -- A date without a time of day says nothing about hours.
    case
        when carried.published_precision = 'second' and statements.first_precision = 'second'
            then date_diff('second', statements.first_published_at, carried.published_at) / 3600.0
    end as hours_after_first,
    carried.published_precision,
    carried.url
from carried
inner join statements using (statement_no)
inner join outlets using (outlet_no)
order by carried.statement_no, carried.outlet_no
