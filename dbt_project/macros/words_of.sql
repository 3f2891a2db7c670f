{# The words of a text in lower case, one space between: what is left when capitals and punctuation do not count. #}
{% macro words_of(column) -%}
    trim(regexp_replace(lower({{ column }}), '[^\p{L}\p{N}]+', ' ', 'g'))
{%- endmacro %}
