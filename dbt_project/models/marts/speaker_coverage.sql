-- Outlet × speaker: how often and how long each outlet quotes each speaker. Doubtful names are left out.
with spoken as (

    select
        outlet_id,
        speaker_id,
        kind,
        n_words,
        article_id
    from {{ ref('stg_quotes') }}
    where
        speaker_id is not null
        and speaker_confidence >= {{ var('sure_speaker') }}

),

totals as (

    select
        outlet_id,
        sum(n_words) as n_words_of_outlet
    from spoken
    group by all

)

select
    spoken.outlet_id,
    outlets.name as outlet,
    spoken.speaker_id,
    speakers.name as speaker,
    speakers.kind as speaker_kind,
    count(*)::integer as n_quotes,
    (count(*) filter (spoken.kind in ('direct', 'block')))::integer as n_direct,
    (count(*) filter (spoken.kind = 'partial'))::integer as n_partial,
    (count(*) filter (spoken.kind = 'indirect'))::integer as n_indirect,
    count(distinct spoken.article_id)::integer as n_articles,
    sum(spoken.n_words)::integer as n_words,
    sum(spoken.n_words) / any_value(totals.n_words_of_outlet)::double as share_of_words
from spoken
inner join totals using (outlet_id)
inner join {{ ref('stg_sources') }} as outlets on spoken.outlet_id = outlets.source_id
inner join {{ ref('stg_entities') }} as speakers on spoken.speaker_id = speakers.entity_id
group by spoken.outlet_id, outlets.name, spoken.speaker_id, speakers.name, speakers.kind
order by spoken.outlet_id, spoken.speaker_id
