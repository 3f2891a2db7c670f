-- Outlet × speaker: how often and how long each outlet quotes each speaker. Doubtful names are left out.
with spoken as (

    select
        outlet_id,
        speaker_id,
        article_id,
        count(*) as n_quotes,
        count(*) filter (kind in ('direct', 'block')) as n_direct,
        count(*) filter (kind = 'partial') as n_partial,
        count(*) filter (kind = 'indirect') as n_indirect,
        sum(n_words) as n_words
    from {{ ref('stg_quotes') }}
    where
        speaker_id is not null
        and speaker_confidence >= {{ var('sure_speaker') }}
    group by outlet_id, speaker_id, article_id

),

counted as (

    select
        outlet_id,
        speaker_id,
        sum(n_quotes) as n_quotes,
        sum(n_direct) as n_direct,
        sum(n_partial) as n_partial,
        sum(n_indirect) as n_indirect,
        count(*) as n_articles,
        sum(n_words) as n_words
    from spoken
    group by outlet_id, speaker_id

),

totals as (

    select
        outlet_id,
        sum(n_words) as n_words_of_outlet
    from counted
    group by outlet_id

)

select
    counted.outlet_id,
    outlets.name as outlet,
    counted.speaker_id,
    speakers.name as speaker,
    speakers.kind as speaker_kind,
    counted.n_quotes::integer as n_quotes,
    counted.n_direct::integer as n_direct,
    counted.n_partial::integer as n_partial,
    counted.n_indirect::integer as n_indirect,
    counted.n_articles::integer as n_articles,
    counted.n_words::integer as n_words,
    counted.n_words / totals.n_words_of_outlet::double as share_of_words
from counted
inner join totals using (outlet_id)
inner join {{ ref('stg_sources') }} as outlets on counted.outlet_id = outlets.source_id
inner join {{ ref('stg_entities') }} as speakers on counted.speaker_id = speakers.entity_id
order by counted.outlet_id, counted.speaker_id
