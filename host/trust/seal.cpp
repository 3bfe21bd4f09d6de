#include "host/trust/seal.hpp"

#include <sodium.h>

#include <span>
#include <stdexcept>

namespace host {

namespace {

static_assert(crypto_auth_hmacsha256_KEYBYTES == 32);

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hex_of(std::span<const unsigned char> data) {
  std::string hex(data.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), data.data(), data.size());
  hex.pop_back();
  return hex;
}

void start_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start on this machine");
}

}  // namespace

Seal Seal::random() {
  start_sodium();
  Seal seal;
  crypto_auth_hmacsha256_keygen(seal.key_.data());
  return seal;
}

Seal Seal::from_hex(std::string_view hex) {
  start_sodium();
  Seal seal;
  std::size_t length = 0;
  const bool read = sodium_hex2bin(seal.key_.data(), seal.key_.size(), hex.data(), hex.size(), "\n",
                                   &length, nullptr) == 0;
  if (!read || length != seal.key_.size())
    throw std::runtime_error("the key is not 64 hexadecimal digits");
  return seal;
}

std::string Seal::to_hex() const {
  return hex_of(key_);
}

std::string Seal::mac(std::string_view previous, std::string_view text) const {
  crypto_auth_hmacsha256_state state;
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> out{};
  crypto_auth_hmacsha256_init(&state, key_.data(), key_.size());
  crypto_auth_hmacsha256_update(&state, bytes(previous), previous.size());
  crypto_auth_hmacsha256_update(&state, bytes(text), text.size());
  crypto_auth_hmacsha256_final(&state, out.data());
  return hex_of(out);
}

std::string sha256(std::string_view text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> out{};
  crypto_hash_sha256(out.data(), bytes(text), text.size());
  return hex_of(out);
}

}  // namespace host
