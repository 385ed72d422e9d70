-- Leaves a seat in all of its rows. KEYS: the rows. ARGV: the seat's name.
for _, key in ipairs(KEYS) do
    redis.call('ZREM', key, ARGV[1])
end
return {#KEYS}
