with source as (

    select * from {{ source('core', 'phrase_occurrences') }}

),

renamed as (

    select
        phrase_id,
        article_id,
        start as start_offset,
        "end" as end_offset
    from source

)

select * from renamed
