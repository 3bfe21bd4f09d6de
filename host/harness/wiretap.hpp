#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "protocol/transport/transport.hpp"

namespace harness {

/// A line of a server that no client can make sense of.
struct Stray {
  enum class Kind {
    Noise,     ///< No JSON-RPC message at all.
    WrongId,   ///< An answer to something that was never asked.
    Repeated,  ///< A second answer to a request that has been answered.
  };
  Kind kind{};
  std::string line{};  ///< At most kLineKept bytes of it.
  static constexpr std::size_t kLineKept = 200;
};

/// Passes everything on between a client and its transport, and keeps what a client skips in
/// silence. Threads as for every transport.
class Wiretap final : public transport::Transport {
 public:
  explicit Wiretap(std::unique_ptr<transport::Transport> inner);
  ~Wiretap() override;

  transport::Received read(transport::Deadline deadline) override;
  bool write(std::string_view message, transport::Deadline deadline) override;
  void close() override;

  /// What came astray since this was last asked. From any thread.
  std::vector<Stray> take_strays();

 private:
  enum class Asked { Open, Answered };
  void look_at(const std::string& line);

  const std::unique_ptr<transport::Transport> inner_;
  std::mutex mutex_;
  std::map<std::string, Asked> asked_;  // By id as JSON. Guarded by mutex_.
  std::vector<Stray> strays_;           // Guarded by mutex_.
};

}  // namespace harness
