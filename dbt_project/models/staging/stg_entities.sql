with source as (

    select * from {{ source('core', 'entities') }}

),

renamed as (

    select
        entity_id,
        name,
        kind,
        aliases,
        wikidata_id
    from source

)

select * from renamed
