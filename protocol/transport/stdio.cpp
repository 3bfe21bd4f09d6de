#include "protocol/transport/stdio.hpp"

#include <poll.h>

namespace transport {

Stdio::Stdio(int in, int out) : in_(in), out_(out) {
  ignore_broken_pipes();
}

Received Stdio::read(Deadline) {
  while (!closed_) {
    if (std::optional<Received> line = lines_.next()) return *std::move(line);
    switch (fill(in_, lines_)) {
      case Filled::Bytes:
        break;
      case Filled::Nothing: {  // Whoever started us left the pipe in non-blocking mode.
        pollfd readable{.fd = in_, .events = POLLIN, .revents = 0};
        ::poll(&readable, 1, -1);
        break;
      }
      case Filled::End:
        lines_.finish();
        break;
    }
  }
  return {.event = Event::End};
}

bool Stdio::write(std::string_view message, Deadline deadline) {
  const std::lock_guard lock(write_mutex_);
  if (closed_) return false;
  if (!write_line(out_, message, deadline)) closed_ = true;
  return !closed_;
}

}  // namespace transport
