{# Relations without the database's name: a published copy has another file name, and its views must still resolve. #}
{% macro ref() -%}
    {%- do return(builtins.ref(*varargs, **kwargs).include(database=false)) -%}
{%- endmacro %}

{% macro source() -%}
    {%- do return(builtins.source(*varargs).include(database=false)) -%}
{%- endmacro %}
