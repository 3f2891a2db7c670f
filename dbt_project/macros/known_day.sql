{# When an article was published, where at least its day is known: a month that stands for no day orders nothing. #}
{% macro known_day(articles) -%}
    case when coalesce({{ articles }}.published_precision, '') <> 'month' then {{ articles }}.published_at end
{%- endmacro %}
