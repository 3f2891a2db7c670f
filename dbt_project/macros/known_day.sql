{# When an article was published, where at least its day is known: a month that stands for no day orders nothing. #}
{% macro known_day(articles) -%}
    case when {{ articles }}.published_precision is distinct from 'month' then {{ articles }}.published_at end
{%- endmacro %}
