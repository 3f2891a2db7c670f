-- Words between quotation marks that differ from what everybody else printed for the same speaker and occasion.
-- Whose name is doubtful, in the altered printing or in all others, may be another speaker: that is no alteration.
with altered_somewhere as (

    select distinct statement_id
    from {{ ref('int_printings') }}
    where relation = 'altered'

),

printings as materialized (

    select printings.*
    from {{ ref('int_printings') }} as printings
    semi join altered_somewhere using (statement_id)

),

surely_said as (

    select distinct statement_id
    from printings
    where relation <> 'altered' and speaker_confidence >= {{ var('sure_speaker') }}

),

altered as (

    select printings.*
    from printings
    semi join surely_said using (statement_id)
    where printings.relation = 'altered' and printings.speaker_confidence >= {{ var('sure_speaker') }}

),

unaltered as (

    select
        printings.*,
        {{ words_of('printings.wording') }} as words
    from printings
    semi join altered using (statement_id)
    where printings.relation <> 'altered'

),

counted as (

    select
        *,
        count(distinct outlet_id) over (partition by statement_id, words) as n_outlets_of_wording
    from unaltered

),

-- What most outlets print between marks; of two wordings that as many print, the longer one.
others as (

    select
        statement_id,
        arg_max(
            wording,
            (kind is distinct from 'indirect', n_outlets_of_wording, length(words), wording)
        ) as usual_wording,
        count(distinct outlet_id)::integer as n_other_outlets,
        list_sort(list(distinct outlet)) as other_outlets
    from counted
    group by all

)

select
    altered.quote_id,
    altered.statement_id,
    altered.article_id,
    altered.outlet_id,
    altered.outlet,
    altered.speaker,
    altered.wording,
    others.usual_wording,
    coalesce(others.n_other_outlets, 0)::integer as n_other_outlets,
    others.other_outlets,
    altered.evidence,
    {{ known_day('altered') }} as published_at,
    altered.url
from altered
left join others using (statement_id)
order by altered.quote_id
