// Calls to a file system that hangs hold a thread each until it answers. With Node's usual four the first such disk would stop all reading
// and writing. Counted when the first call is made, so this comes before everything else.
process.env.UV_THREADPOOL_SIZE ??= '64'
