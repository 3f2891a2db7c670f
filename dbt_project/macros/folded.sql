{# Words as alerts compare them: without capitals, accents and punctuation, a space at either end, so that only whole words are found in them. #}
{% macro folded(column) -%}
    (' ' || {{ words_of('strip_accents(' ~ column ~ ')') }} || ' ')
{%- endmacro %}
