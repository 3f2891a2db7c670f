with source as (

    select * from {{ source('core', 'sources') }}

),

renamed as (

    select
        source_id,
        name,
        kind,
        domain,
        country,
        known_by
    from source

)

select * from renamed
