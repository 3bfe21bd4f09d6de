#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Messages to and from one peer. A message is one line of UTF-8 JSON; the line's end is the
/// transport's business.
namespace transport {

constexpr std::size_t kMessageMax = 16 * 1024 * 1024;  ///< Bytes of a message that is read.
constexpr std::size_t kBeginningKept = 1024;           ///< Bytes of one that is not.

/// The instant at which waiting ends; nothing for as long as it takes.
using Deadline = std::optional<std::chrono::steady_clock::time_point>;

enum class Event {
  Message,  ///< `bytes` is a message.
  TooLong,  ///< A message over kMessageMax went by unread; `length` is its size, `bytes` its
            ///< beginning.
  Late,     ///< The deadline came first.
  End,      ///< The peer will send nothing more, or this side was closed.
};

struct Received {
  Event event{Event::End};
  std::string bytes{};
  std::size_t length{};
};

/// One thread at a time reads; any thread writes, beside the reader and beside other writers;
/// close() may come from any thread and ends a read() that waits.
class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  virtual Received read(Deadline deadline) = 0;

  /// Sends the whole message, or returns false if the peer cannot be reached any more: it is gone,
  /// or took nothing until the deadline. After a false nothing can be written. `message` holds no
  /// line break.
  virtual bool write(std::string_view message, Deadline deadline) = 0;

  /// Tells the peer that nothing more will come. From now on write() returns false and read() End.
  virtual void close() = 0;
};

}  // namespace transport
