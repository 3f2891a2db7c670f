-- What matches the user's alerts. All matches that there are, not only new ones: the same corpus gives the same rows.
with rules as (

    select
        rule,
        watch,
        speaker,
        outlet,
        phrase,
        carried_by,
        {{ folded('outlet') }} as outlet_words,
        {{ folded('phrase') }} as phrase_words
    from {{ ref('stg_alert_rules') }}

),

-- A kind of match is looked for only where a rule asks for it.
watched as (

    select distinct watch
    from rules

),

said as (

    select
        watched.watch,
        printings.outlet_id,
        printings.outlet,
        printings.speaker_id,
        printings.speaker,
        printings.wording as shown,
        printings.wording as searched,
        printings.statement_id,
        printings.quote_id,
        printings.article_id,
        {{ known_day('printings') }} as published_at,
        null::integer as n_others,
        printings.url
    from {{ ref('int_printings') }} as printings
    inner join watched on watched.watch = 'said'

),

printed as (

    select
        watched.watch,
        articles.outlet_id,
        articles.outlet,
        null::varchar as speaker_id,
        null::varchar as speaker,
        coalesce(articles.title, 'Untitled') as shown,
        concat_ws(chr(10), articles.title, articles.body) as searched,
        null::varchar as statement_id,
        null::varchar as quote_id,
        articles.article_id,
        {{ known_day('articles') }} as published_at,
        null::integer as n_others,
        articles.url
    from {{ ref('int_articles') }} as articles
    inner join watched on watched.watch = 'printed'

),

coverage as (

    select
        watched.watch,
        coverage.*,
        (count(*) filter (coverage.carried) over (partition by coverage.statement_id))::integer as n_others
    from {{ ref('quote_coverage') }} as coverage
    inner join watched on watched.watch = 'left-out'

),

left_out as (

    select
        coverage.watch,
        coverage.outlet_id,
        coverage.outlet,
        coverage.speaker_id,
        coverage.speaker,
        coverage.statement as shown,
        coverage.statement as searched,
        coverage.statement_id,
        null::varchar as quote_id,
        null::varchar as article_id,
        coverage.first_published_at as published_at,
        coverage.n_others,
        null::varchar as url
    from coverage
    where not coverage.carried

),

altered as (

    select
        watched.watch,
        quotes.outlet_id,
        quotes.outlet,
        statements.speaker_id,
        quotes.speaker,
        quotes.wording as shown,
        quotes.wording as searched,
        quotes.statement_id,
        quotes.quote_id,
        quotes.article_id,
        quotes.published_at,
        quotes.n_other_outlets as n_others,
        quotes.url
    from {{ ref('altered_quotes') }} as quotes
    inner join {{ ref('stg_statements') }} as statements using (statement_id)
    inner join watched on watched.watch = 'altered'

),

candidates as (

    select * from said
    union all
    select * from printed
    union all
    select * from left_out
    union all
    select * from altered

),

called as (

    select
        entity_id as speaker_id,
        unnest(list_distinct(list_prepend(name, aliases))) as spelling
    from {{ ref('stg_entities') }}

),

speakers as (

    select distinct
        rules.rule,
        called.speaker_id
    from called
    inner join rules on {{ folded('called.spelling') }} = {{ folded('rules.speaker') }}

)

select
    md5(
        concat_ws(
            '|',
            rules.rule,
            rules.watch,
            coalesce(candidates.quote_id, ''),
            coalesce(candidates.article_id, ''),
            coalesce(candidates.statement_id, ''),
            candidates.outlet_id
        )
    ) as alert_id,
    rules.rule,
    rules.watch,
    candidates.outlet_id,
    candidates.outlet,
    candidates.speaker_id,
    candidates.speaker,
    candidates.shown as text,
    candidates.n_others,
    candidates.statement_id,
    candidates.quote_id,
    candidates.article_id,
    candidates.published_at,
    candidates.url
from candidates
inner join rules
    on
        candidates.watch = rules.watch
        and (rules.outlet is null or {{ folded('candidates.outlet') }} = rules.outlet_words)
        and (rules.phrase is null or contains({{ folded('candidates.searched') }}, rules.phrase_words))
        and (rules.carried_by is null or candidates.n_others >= rules.carried_by)
left join speakers
    on
        rules.rule = speakers.rule
        and candidates.speaker_id = speakers.speaker_id
where rules.speaker is null or speakers.speaker_id is not null
order by candidates.published_at desc nulls last, alert_id
