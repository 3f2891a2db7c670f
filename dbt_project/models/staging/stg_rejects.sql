with source as (

    select * from {{ source('raw', 'rejects') }}

),

renamed as (

    select
        path,
        record_no,
        reason,
        detail,
        n_bytes,
        seen_at
    from source

)

select * from renamed
