{# All that is promised of a model's rows, in one query: no two rows share the columns of `key`; an id is that of a row in
   the model where such ids are at home (`ids`: column -> `model.column`; nulls refer to nothing); a column holds one of its
   words or nothing (`values`: column -> words, where a dotted one stands for all that the schema allows in that column).
   Each row that is given says what is broken, and an example. #}
{% test rows_hold(model, key=none, ids={}, values={}) %}

{%- if key %}

select
    '{{ key | join(", ") }}: there twice' as broken,
    concat_ws(' ', {{ key | join(', ') }}) as example
from {{ model }}
-- Only what has the same hash is compared: grouping by one number takes a third of the time.
where hash({{ key | join(', ') }}) in (
    select hash({{ key | join(', ') }})
    from {{ model }}
    group by all
    having count(*) > 1
)
group by {{ key | join(', ') }}
having count(*) > 1

{%- endif %}
{%- if key and (ids or values) %}

union all
{%- endif %}
{%- if ids or values %}

select
    broken,
    example
from (
    select
        concat_ws(' ', {{ (ids | list + values | list) | join(', ') }}) as example,
        case
            {%- for column, home in ids.items() %}
            {%- set home_model, home_column = home.split('.') %}
            when
                {{ column }} is not null
                and {{ column }} not in (select home.{{ home_column }} from {{ ref(home_model) }} as home)
                then '{{ column }}: of no row in {{ home_model }}'
            {%- endfor %}
            {%- for column, words in values.items() %}
            {%- set allowed = [] %}
            {%- for word in words %}{% do allowed.extend(values_of(word) if '.' in word else [word]) %}{% endfor %}
            when {{ column }} not in ('{{ allowed | join("', '") }}') then '{{ column }}: a word that it may not hold'
            {%- endfor %}
        end as broken
    from {{ model }}
) as rows_looked_at
where broken is not null

{%- endif %}

{% endtest %}
