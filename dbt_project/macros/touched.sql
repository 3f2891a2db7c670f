{# Ids of the statements or articles (`kind`) whose rows an incremental model makes anew: orchestration/touched.py finds them. #}
{% macro touched(kind) -%}
    (select item_id from work.touched where kind = '{{ kind }}')
{%- endmacro %}

{# Before its new rows: an incremental model without the rows of what is touched, be it still there or gone. #}
{% macro without_touched(kind, id) -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where {{ id }} in {{ touched(kind) }}
    {%- endif -%}
{%- endmacro %}
