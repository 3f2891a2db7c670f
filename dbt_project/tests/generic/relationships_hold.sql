{# Every id is that of a row in the model where such ids are at home: dbt's `relationships` for all ids of a model in one
   sweep. `ids` gives for each column the `model.column` that it refers to; nulls refer to nothing. #}
{% test relationships_hold(model, ids) %}

select {{ ids | join(', ') }}
from {{ model }}
where
    {%- for id, home in ids.items() -%}
    {%- set home_model, home_column = home.split('.') %}
    {{ 'or ' if not loop.first }}(
        {{ id }} is not null
        and {{ id }} not in (select home.{{ home_column }} from {{ ref(home_model) }} as home)
    )
    {%- endfor %}

{% endtest %}
