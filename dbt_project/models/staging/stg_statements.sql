with source as (

    select * from {{ source('core', 'statements') }}

),

renamed as (

    select
        statement_id,
        text as statement,
        speaker_id,
        story_id,
        n_quotes,
        n_outlets,
        first_published_at
    from source

)

select * from renamed
