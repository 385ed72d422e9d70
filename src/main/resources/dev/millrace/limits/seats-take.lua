-- Takes a seat in all rows, or in none. KEYS: the rows, sorted sets of seats by the end of their lease. ARGV: the lease in
-- microseconds, the seat's name, then for each row how many seats it has. Answers 0 when it was
-- taken, else the number of the row that is full.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
for i, key in ipairs(KEYS) do
    redis.call('ZREMRANGEBYSCORE', key, '-inf', string.format('%.0f', now))
    if redis.call('ZCARD', key) >= tonumber(ARGV[2 + i]) then
        return {i}
    end
end
local lease = tonumber(ARGV[1])
for i, key in ipairs(KEYS) do
    redis.call('ZADD', key, string.format('%.0f', now + lease), ARGV[2])
    redis.call('PEXPIRE', key, math.ceil(lease / 500))
end
return {0}
