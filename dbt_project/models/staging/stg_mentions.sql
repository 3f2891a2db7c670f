with source as (

    select * from {{ source('core', 'mentions') }}

),

renamed as (

    select
        article_id,
        entity_id,
        start as start_offset,
        "end" as end_offset,
        text,
        kind
    from source

)

select * from renamed
