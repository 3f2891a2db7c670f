with source as (

    select * from {{ source('core', 'stories') }}

),

renamed as (

    select
        story_id,
        article_id
    from source

)

select * from renamed
