with source as (

    select * from {{ source('core', 'alert_rules') }}

),

renamed as (

    select
        rule,
        watch,
        speaker,
        outlet,
        phrase,
        carried_by
    from source

)

select * from renamed
