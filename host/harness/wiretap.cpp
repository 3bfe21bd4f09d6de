#include "host/harness/wiretap.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "protocol/jsonrpc/parse.hpp"

namespace harness {
namespace {

constexpr std::size_t kStraysMax = 100;  // A server that only makes noise is known by then.

}  // namespace

Wiretap::Wiretap(std::unique_ptr<transport::Transport> inner) : inner_(std::move(inner)) {}

Wiretap::~Wiretap() = default;

transport::Received Wiretap::read(transport::Deadline deadline) {
  transport::Received received = inner_->read(deadline);
  if (received.event == transport::Event::Message) look_at(received.bytes);
  return received;
}

bool Wiretap::write(std::string_view message, transport::Deadline deadline) {
  const jsonrpc::Parsed parsed = jsonrpc::parse(message);
  for (const jsonrpc::Message& each : parsed.messages) {
    const auto* const request = std::get_if<jsonrpc::Request>(&each);
    if (request == nullptr) continue;
    const std::lock_guard lock(mutex_);
    asked_[request->id.json] = Asked::Open;
  }
  return inner_->write(message, deadline);
}

void Wiretap::close() {
  inner_->close();
}

std::vector<Stray> Wiretap::take_strays() {
  const std::lock_guard lock(mutex_);
  return std::exchange(strays_, {});
}

void Wiretap::look_at(const std::string& line) {
  const jsonrpc::Parsed parsed = jsonrpc::parse(line);
  const std::lock_guard lock(mutex_);
  const auto keep = [&](Stray::Kind kind) {
    if (strays_.size() < kStraysMax) strays_.push_back({kind, line.substr(0, Stray::kLineKept)});
  };
  for (const jsonrpc::Message& each : parsed.messages) {
    if (std::holds_alternative<jsonrpc::Malformed>(each)) keep(Stray::Kind::Noise);
    const auto* const response = std::get_if<jsonrpc::Response>(&each);
    if (response == nullptr || !response->id) continue;
    const auto asked = asked_.find(response->id->json);
    if (asked == asked_.end()) {
      keep(Stray::Kind::WrongId);
    } else if (asked->second == Asked::Answered) {
      keep(Stray::Kind::Repeated);
    } else {
      asked->second = Asked::Answered;
    }
  }
}

}  // namespace harness
