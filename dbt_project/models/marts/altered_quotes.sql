-- Words between quotation marks that differ from what everybody else printed for the same speaker and occasion.
with unaltered as (

    select
        *,
        count(distinct outlet_id) over (partition by statement_id, {{ words_of('wording') }}) as n_outlets_of_wording
    from {{ ref('int_printings') }}
    where relation <> 'altered'

),

-- What most outlets print between marks; of two wordings that as many print, the longer one.
others as (

    select
        statement_id,
        arg_max(
            wording,
            (kind is distinct from 'indirect', n_outlets_of_wording, length({{ words_of('wording') }}), wording)
        ) as usual_wording,
        count(distinct outlet_id)::integer as n_other_outlets,
        list_sort(list(distinct outlet)) as other_outlets
    from unaltered
    group by all

)

select
    printings.quote_id,
    printings.statement_id,
    printings.article_id,
    printings.outlet_id,
    printings.outlet,
    printings.speaker,
    printings.wording,
    others.usual_wording,
    coalesce(others.n_other_outlets, 0)::integer as n_other_outlets,
    others.other_outlets,
    printings.evidence,
    {{ known_day('printings') }} as published_at,
    printings.url
from {{ ref('int_printings') }} as printings
left join others using (statement_id)
where printings.relation = 'altered'
order by printings.quote_id
